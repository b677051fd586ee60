// Reads from the text of one TypeScript file what the plan of the house has rules about: imports, names, the environment.
import ts from 'typescript';

/** One import in any of its forms; `names` are the imported names, `*` for all or for none in particular. */
export interface Import {
  readonly specifier: string | undefined;
  readonly names: readonly string[];
  readonly line: number;
}

/** What a file says; lines count from 1. `environment` are the lines that reach for `process.env`. */
export interface Source {
  readonly path: string;
  readonly imports: readonly Import[];
  readonly types: readonly { readonly name: string; readonly isInterface: boolean; readonly line: number }[];
  readonly environment: readonly number[];
}

/** Parses one file; `path` decides between TypeScript and TSX. */
export function readSource(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const imports: Import[] = [];
  const types: { name: string; isInterface: boolean; line: number }[] = [];
  const environment: number[] = [];
  const visit = (node: ts.Node): void => {
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    const found = importIn(node);
    if (found) imports.push({ specifier: textOf(found.specifier), names: found.names, line });
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node)) {
      if (node.name) types.push({ name: node.name.text, isInterface: ts.isInterfaceDeclaration(node), line });
    }
    if (readsEnvironment(node)) environment.push(line);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { path, imports, types, environment };
}

type Found = { specifier: ts.Node | undefined; names: readonly string[] };

function importIn(node: ts.Node): Found | undefined {
  if (ts.isImportDeclaration(node)) {
    return { specifier: node.moduleSpecifier, names: namesOf(node.importClause) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    return { specifier: node.moduleSpecifier, names: namesIn(node.exportClause) };
  }
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return { specifier: node.moduleReference.expression, names: ['*'] };
  }
  if (ts.isImportTypeNode(node)) {
    const { argument, qualifier } = node;
    const name = qualifier && (ts.isIdentifier(qualifier) ? qualifier.text : firstOf(qualifier));
    return { specifier: ts.isLiteralTypeNode(argument) ? argument.literal : argument, names: [name ?? '*'] };
  }
  if (ts.isCallExpression(node) && isImporting(node.expression)) {
    return { specifier: node.arguments[0], names: ['*'] };
  }
  return undefined;
}

function isImporting(callee: ts.Expression): boolean {
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require')
  );
}

function namesOf(clause: ts.ImportClause | undefined): readonly string[] {
  if (!clause) return ['*'];
  return [
    ...(clause.name ? ['default'] : []),
    ...(clause.namedBindings ? namesIn(clause.namedBindings) : []),
  ];
}

function namesIn(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): readonly string[] {
  if (!bindings || ts.isNamespaceImport(bindings) || ts.isNamespaceExport(bindings)) return ['*'];
  return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
}

function firstOf(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : firstOf(name.left);
}

function textOf(specifier: ts.Node | undefined): string | undefined {
  return specifier && ts.isStringLiteralLike(specifier) ? specifier.text : undefined;
}

/** `process.env`, `process['env']`, `const { env } = process` and `import { env } from 'node:process'`. */
function readsEnvironment(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) {
    return (
      /^(node:)?process$/.test(textOf(node.moduleSpecifier) ?? '') &&
      namesOf(node.importClause).includes('env')
    );
  }
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && isProcess(node.expression);
  if (ts.isElementAccessExpression(node)) {
    return textOf(node.argumentExpression) === 'env' && isProcess(node.expression);
  }
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer) {
    const names = node.name.elements.map(({ propertyName, name }) => propertyName ?? name);
    return isProcess(node.initializer) && names.some(name => ts.isIdentifier(name) && name.text === 'env');
  }
  return false;
}

/** `process` itself or, on `globalThis` for example, a property of that name. */
function isProcess(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'process';
  return ts.isIdentifier(node) && node.text === 'process';
}
