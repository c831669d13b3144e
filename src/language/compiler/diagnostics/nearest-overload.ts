import type ts from "typescript";
import type { Compiler } from "../compiler.js";

/** Of the overloads that take as many arguments as a call has, those that its arguments fit best. */
export interface NearestOverloads {
  /** Their places among all of them, as the compiler lists them. */
  indices: number[];
  /** The number of all of them. */
  count: number;
  /** The first argument that the last of the nearest does not take, in the compiler's words. */
  reason: string;
}

type AnyCall = ts.CallExpression | ts.NewExpression;

/** The compiler keeps it beside its declared API. */
type Signature = ts.Signature & { minArgumentCount?: number };

/** Undefined where the arguments cannot be counted, or no argument is refused for its own type. */
export function nearestOverloads(
  compiler: Compiler,
  checker: ts.TypeChecker,
  { file, start, length }: ts.DiagnosticWithLocation,
): NearestOverloads | undefined {
  const call = callAt(compiler, file, { start, end: start + length });
  const given = call?.arguments;
  if (!call || !given || given.some(compiler.isSpreadElement)) {
    return undefined;
  }
  const candidates: ts.Signature[] = [];
  checker.getResolvedSignature(call, candidates);
  const fits = candidates
    .filter((candidate) => takes(candidate, given.length))
    .map((candidate) => fitOf(compiler, checker, candidate, given));
  const indices = fits.flatMap((fit, index) => (fits.some((other) => isNearer(other, fit)) ? [] : [index]));
  const reason = fits[indices.at(-1) ?? 0]?.refused;
  return reason === undefined ? undefined : { indices, count: fits.length, reason };
}

/** The innermost call that the place is about. */
function callAt(
  compiler: Compiler,
  file: ts.SourceFile,
  { start, end }: { start: number; end: number },
): AnyCall | undefined {
  let node: ts.Node | undefined = compiler.getTouchingPropertyName(file, start);
  while (node) {
    if ((compiler.isCallExpression(node) || compiler.isNewExpression(node)) && node.getEnd() >= end) {
      return node;
    }
    node = node.parent;
  }
  return undefined;
}

function takes(signature: Signature, count: number): boolean {
  const { parameters, minArgumentCount = 0, declaration } = signature;
  const last = declaration?.parameters.at(-1);
  const hasRest = last !== undefined && "dotDotDotToken" in last && last.dotDotDotToken !== undefined;
  return count >= minArgumentCount && (hasRest || count <= parameters.length);
}

interface Fit {
  /** Arguments before the first that is refused, and all that are not. */
  before: number;
  taken: number;
  refused: string | undefined;
}

function isNearer(one: Fit, other: Fit): boolean {
  return one.before > other.before || (one.before === other.before && one.taken > other.taken);
}

function fitOf(
  compiler: Compiler,
  checker: ts.TypeChecker,
  signature: Signature,
  given: readonly ts.Expression[],
): Fit {
  const refusals = given.map((argument, index) => {
    const parameter = parameterType(checker, signature, { argument, index });
    return parameter && refusal(compiler, checker, { argument, parameter });
  });
  const before = refusals.findIndex((each) => each !== undefined);
  return {
    before: before < 0 ? given.length : before,
    taken: refusals.filter((each) => each === undefined).length,
    refused: refusals[before],
  };
}

/** Of a function whose parameters get their types from the call, only that it is one counts. */
function refusal(
  compiler: Compiler,
  checker: ts.TypeChecker,
  { argument, parameter }: { argument: ts.Expression; parameter: ts.Type },
): string | undefined {
  const type = checker.getTypeAtLocation(argument);
  const isFunction = compiler.isArrowFunction(argument) || compiler.isFunctionExpression(argument);
  const isTaken =
    isFunction && argument.parameters.some((each) => !each.type)
      ? isCallable(compiler, checker, parameter)
      : checker.isTypeAssignableTo(type, parameter);
  const words = checker.typeToString(checker.getBaseTypeOfLiteralType(type));
  return isTaken
    ? undefined
    : `Argument of type '${words}' is not assignable to parameter of type '${checker.typeToString(parameter)}'.`;
}

function isCallable({ TypeFlags, SignatureKind }: Compiler, checker: ts.TypeChecker, type: ts.Type): boolean {
  const isAnything = (type.flags & (TypeFlags.Any | TypeFlags.Unknown)) !== 0;
  const parts = type.isUnion() ? type.types : [type];
  return isAnything || parts.some((part) => checker.getSignaturesOfType(part, SignatureKind.Call).length > 0);
}

/** Undefined of one that depends on what the call is about, which may be anything. */
function parameterType(
  checker: ts.TypeChecker,
  { parameters, typeParameters = [] }: Signature,
  { argument, index }: { argument: ts.Expression; index: number },
): ts.Type | undefined {
  const symbol = parameters[Math.min(index, parameters.length - 1)];
  const declaration = symbol?.valueDeclaration;
  if (!symbol || !declaration) {
    return undefined;
  }
  const type = checker.getTypeOfSymbolAtLocation(symbol, argument);
  const isRest = "dotDotDotToken" in declaration && declaration.dotDotDotToken !== undefined;
  const element = isRest ? checker.getIndexTypeOfType(type, 1) : type;
  const names = typeParameters.map(({ symbol: { name } }) => name);
  const text = element && checker.typeToString(element);
  return text !== undefined && names.some((name) => new RegExp(`\\b${name}\\b`).test(text))
    ? undefined
    : element;
}
