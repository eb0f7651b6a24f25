// Starts `menulint lsp` and shows what the server explains. Everything else is the server's.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const LANGUAGES = [
  "markdown", "mdx", "html", "javascriptreact", "typescriptreact", "javascript", "typescript", "vue", "svelte", "astro", "php",
  "blade", "liquid", "json", "yaml", "toml", "plaintext",
];

let client;

function makeClient() {
  const [command, ...args] = vscode.workspace.getConfiguration("menulint").get("command");
  const server = { command, args: [...args, "lsp", "--stdio"] };
  return new LanguageClient("menulint", "menulint", server, {
    documentSelector: LANGUAGES.flatMap((language) => [
      { language, scheme: "file" },
      { language, scheme: "untitled" },
    ]),
    synchronize: {
      fileEvents: vscode.workspace.createFileSystemWatcher("**/{menulint.toml,pyproject.toml,menulint-baseline.json}"),
    },
    middleware: {
      async executeCommand(command, args, next) {
        const text = await next(command, args);
        if (command === "menulint.explain" && typeof text === "string") {
          const document = await vscode.workspace.openTextDocument({ content: text, language: "markdown" });
          await vscode.commands.executeCommand("markdown.showPreview", document.uri);
        }
        return text;
      },
    },
  });
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("menulint.restart", async () => {
      await client?.stop();
      client = makeClient();
      await client.start();
    }),
  );
  client = makeClient();
  await client.start();
}

exports.activate = activate;
exports.deactivate = () => client?.stop();
