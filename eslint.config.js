import js from "@eslint/js";
import ts from "typescript-eslint";

export default ts.config(
  {ignores: ["dist", ".history", "**/*.part", ".cache", ".cells", "src/.observablehq"]},
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    rules: {
      "no-loss-of-precision": "off", // published constants stand with the digits they were published with
      "no-console": "error", // an error is thrown, a result is shown; tools/ speak to a terminal
      "no-restricted-syntax": [
        "error",
        {selector: "MemberExpression[object.name='Math'][property.name='random']", message: "Draw from a seeded Rng."},
        {selector: "MemberExpression[object.name='tf'][property.name=/^random/]", message: "Draw from a seeded Rng."},
        {
          selector:
            "MemberExpression[object.name='tf'][property.name=/^(layers|sequential|model|data|loadGraphModel|loadLayersModel)$/]",
          message: "The site's tfjs is its core and backends; our layers are plain functions."
        }
      ],
      "@typescript-eslint/no-unused-vars": ["error", {argsIgnorePattern: "^_", varsIgnorePattern: "^_"}]
    }
  },
  {
    files: ["tools/**", "headless/**", "test/**", "*.config.*"],
    rules: {"no-console": "off"}
  }
);
