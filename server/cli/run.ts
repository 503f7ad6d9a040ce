import { version } from '../../package.json';
import type { Config } from '../config.ts';
import { announce } from './announce.ts';
import { findCommand } from './commands.ts';
import { configOf, type BuiltFiles } from './files-of-build.ts';
import { helpText } from './help.ts';
import { perform } from './perform.ts';
import { startServer, type RunningServer } from './serve.ts';
import { readInvocation, type Invocation } from './settings.ts';
import { explain, tell, terminalLanguage, type Complaint } from './words.ts';

export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  /** Understands colours. */
  readonly isTerminal: boolean;
  print(text: string): void;
  complain(text: string): void;
}

/** How a call of the program ended: with an exit code, or as a server that goes on. */
export type Outcome = { readonly exitCode: number } | { readonly server: RunningServer };

/** Exit code of every expected failure. */
const refused = 2;

async function serve(config: Config, terminal: Terminal): Promise<Outcome | Complaint> {
  const started = await startServer(config);
  if (!started.ok) return started.error;
  const { isTerminal, env } = terminal;
  terminal.print(await announce(started.value, config, { version, isTerminal, language: terminalLanguage(env) }));
  return { server: started.value };
}

async function act(invocation: Invocation, files: BuiltFiles, terminal: Terminal): Promise<Outcome | Complaint> {
  const { words, password, withKeys = false, allow } = invocation;
  const found = findCommand(words, { password, withKeys, allow });
  if (!found.ok) return found.error;
  const config = configOf(invocation.settings, files);
  if (!config.ok) return config.error;
  if (!found.value) return serve(config.value, terminal);
  const language = terminalLanguage(terminal.env);
  const context = {
    dataDir: config.value.dataDir,
    withKeys,
    perform: perform.bind(undefined, config.value),
    print: (text: string) => terminal.print(text),
    tell: (...said: [Parameters<typeof tell>[1], Parameters<typeof tell>[2]?]) =>
      terminal.print(tell(language, ...said)),
    say: (sentence: Complaint) => terminal.print(explain(language, sentence)),
    ...(password !== undefined && { password }),
    ...(allow !== undefined && { allow }),
  };
  return (await found.value.command.run(context, found.value.args)) ?? { exitCode: 0 };
}

/** Reads the command line and does what it says. */
export async function run(args: readonly string[], files: BuiltFiles, terminal: Terminal): Promise<Outcome> {
  const language = terminalLanguage(terminal.env);
  const complain = (complaint: Complaint): Outcome => {
    terminal.complain(explain(language, complaint));
    return { exitCode: refused };
  };
  const invocation = readInvocation(args, terminal.env);
  if (!invocation.ok) return complain(invocation.error);
  if (invocation.value.wantsHelp || invocation.value.wantsVersion) {
    terminal.print(invocation.value.wantsHelp ? helpText(language) : version);
    return { exitCode: 0 };
  }
  const outcome = await act(invocation.value, files, terminal);
  return 'word' in outcome ? complain(outcome) : outcome;
}
