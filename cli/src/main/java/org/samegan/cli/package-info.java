/**
 * The command line. {@link org.samegan.cli.Main} is where it starts; every command is a class, and
 * {@link org.samegan.cli.TrainingSession} is the loop that {@code train} and {@code resume} share.
 *
 * <p>Invariants: results go to stdout, progress and messages to stderr; exit codes are 0 for
 * success, 1 for failure, 2 for wrong usage; no ND4J class is touched before {@link
 * org.samegan.cli.Compute} has chosen its binary; only {@code Main.main} ends the process.
 *
 * <pre>{@code
 * int code = Main.run(new String[] {"variants", "--json"}, System.out, System.err);
 * }</pre>
 */
package org.samegan.cli;
