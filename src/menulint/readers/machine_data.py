"""Which data files only programs read: lock files, configuration, maps, schemas, animations, reports of tools."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_NAMES = re.compile(
    r"""(?:package|composer|bower|lerna|nx|turbo|rush|deno|jsr|bun|angular|ionic\.config|capacitor\.config
    |vercel|netlify|firebase|railway|fly|amplify|serverless|wrangler|nixpacks|heroku|devcontainer
    |[jt]sconfig(?:\..*)?|tslint|jest(?:\..*)?|cypress(?:\..*)?|playwright(?:\..*)?|karma(?:\..*)?|nodemon|typedoc|biome|renovate
    |dependabot|crowdin|codecov|lighthouserc|lighthouse|coverage(?:-.*)?|asset-manifest|import-?map|tailwind(?:\..*)?
    |babel(?:\..*)?|postcss(?:\..*)?|stylelint(?:\..*)?|eslint(?:\..*)?|prettier(?:\..*)?|components
    |_journal|.*[-_.]lock|.*\.schema|.*-lock|.*\.code-workspace|\..*
    |docker-compose(?:\..*)?|compose(?:\..*)?|pubspec|mkdocs|appveyor|azure-pipelines|cloudbuild|codemagic|buildspec|openapi|swagger
    |pnpm-workspace|kustomization|skaffold|lefthook|taskfile|procfile
    |cargo|pyproject|pipfile|poetry|rust-toolchain|rustfmt|clippy|gopkg|uv|tox|ruff|mise|taplo|bunfig|fontcustom)""",
    re.IGNORECASE | re.VERBOSE,
)
_TEXT_NAMES = re.compile(
    r"(?:robots|ads|app-ads|security|sitemap[\w-]*|(?:(?:dev|test|docs|prod|base|local|build)[-_])?requirements(?:[-_.](?:dev|test|docs|prod|base|local|build|lock)\w*)?|constraints|CMakeLists)\.txt",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.(?:json5?|jsonc|webmanifest|arb|ya?ml|toml)\Z", re.IGNORECASE)
_HIDDEN = frozenset(
    """.vscode .github .gitlab .circleci .claude .cursor .devcontainer .idea .husky .changeset .serena .openai .vercel
    .netlify .storybook .yarn .expo node_modules""".split()
)
_MARKS: tuple[tuple[str, frozenset[str]], ...] = (
    ("a lock file", frozenset({"lockfileVersion"})),
    ("a lock file", frozenset({"packages", "packages-dev"})),
    ("a package description", frozenset({"dependencies", "name"})),
    ("a package description", frozenset({"devDependencies"})),
    ("compiler options", frozenset({"compilerOptions"})),
    ("a source map", frozenset({"mappings", "sources"})),
    ("a map (TopoJSON)", frozenset({"arcs", "objects"})),
    ("an animation (Lottie)", frozenset({"layers", "fr"})),
    ("an animation (Lottie)", frozenset({"layers", "v"})),
    ("a description of an interface", frozenset({"openapi"})),
    ("a description of an interface", frozenset({"swagger"})),
    ("a description of an interface", frozenset({"asyncapi"})),
    ("a schema", frozenset({"$schema", "properties"})),
    ("a schema", frozenset({"$schema", "definitions"})),
    ("a schema", frozenset({"$schema", "$defs"})),
    ("linter configuration", frozenset({"rules", "extends"})),
    ("linter configuration", frozenset({"rules", "env"})),
    ("linter configuration", frozenset({"plugins", "presets"})),
    ("hosting configuration", frozenset({"rewrites"})),
    ("hosting configuration", frozenset({"redirects", "headers"})),
    ("hosting configuration", frozenset({"buildCommand"})),
    ("a workflow", frozenset({"jobs", "on"})),
    ("a workflow", frozenset({"jobs", "steps"})),
    ("a workflow", frozenset({"stages", "script"})),
    ("a workflow", frozenset({"language", "script"})),
    ("a workflow", frozenset({"repos"})),
    ("configuration of a cluster", frozenset({"apiVersion", "kind"})),
    ("configuration of containers", frozenset({"services", "volumes"})),
    ("configuration of containers", frozenset({"services", "networks"})),
    ("a stack of cloud resources", frozenset({"Resources", "AWSTemplateFormatVersion"})),
    ("a stack of cloud resources", frozenset({"resources", "service", "provider"})),
    ("configuration of a content editor", frozenset({"backend", "collections"})),
    ("a build file", frozenset({"build-system"})),
    ("a build file", frozenset({"package", "dependencies"})),
    ("a notebook", frozenset({"cells", "nbformat"})),
    ("servers of a tool", frozenset({"mcpServers"})),
    ("settings of a theme", frozenset({"version", "settings", "styles"})),
    ("settings of a theme", frozenset({"version", "settings", "customTemplates"})),
    ("settings of a theme", frozenset({"version", "settings", "templateParts"})),
    ("icons of a font", frozenset({"glyphs"})),
    ("a service account", frozenset({"private_key", "client_email"})),
)
_SCHEMA = re.compile(
    r"json-schema\.org|schemastore|\.schema\.json|/schemas?/|schemas\.wp\.org/[^/]+/(?:theme|wp-env|font-collection)\.json",
    re.IGNORECASE,
)


def machine_name(path: str) -> bool:
    """Whether the name of a file or its folder says that only programs read it."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    if not parts:
        return False
    if any(part in _HIDDEN for part in parts[-4:-1]):
        return True
    return bool(_NAMES.fullmatch(_ENDING.sub("", parts[-1])))


def machine_text_name(path: str) -> bool:
    """Whether a plain text is one that only programs read: addresses for crawlers, packages to install."""
    return bool(_TEXT_NAMES.fullmatch(PurePosixPath(path.replace("\\", "/")).name))


def machine_kind(names: frozenset[str]) -> str:
    """What the names at the root of some data say it is, if only programs read it; else ""."""
    return next((kind for kind, marks in _MARKS if marks <= names), "")


def is_schema_address(value: str) -> bool:
    """Whether the value of ``$schema`` names a schema of configuration."""
    return bool(_SCHEMA.search(value))
