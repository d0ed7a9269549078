import type { Report } from "./build-report.ts";
import { renderReport } from "./render-report.ts";

/** The report for a pull request or a file: the same words, in a form that Markdown keeps. */
export function reportToMarkdown(report: Report, line: (text: string) => string): string {
  const text = renderReport(report, { columns: 120, line });
  return `# ${line(report.name)}\n\n\`\`\`\n${text.replaceAll("```", "'''")}\`\`\`\n`;
}
