/**
 * The command line. {@link org.samegan.cli.Main} is where it starts; every command is a class. What
 * they do is {@code org.samegan.runs}; here are options, displays, signals and the words of errors.
 *
 * <p>Invariants: results go to stdout, progress and messages to stderr; exit codes are 0 for
 * success, 1 for failure, 2 for wrong usage; no ND4J class is touched before {@link
 * org.samegan.runs.ComputeDevice} has chosen its binary; only {@code Main.main} ends the process.
 *
 * <pre>{@code
 * int code = Main.run(new String[] {"variants", "--json"}, System.out, System.err);
 * }</pre>
 */
package org.samegan.cli;
