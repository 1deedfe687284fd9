/**
 * The application as a library: a {@link org.samegan.runs.TrainingRun} is made or resumed, trained
 * and watched; {@link org.samegan.runs.sampling.Samples} draws from it; a {@link
 * org.samegan.runs.RunInspection} tells what it is. The command line adds options, displays and
 * signals, and nothing that a program could not do with these.
 *
 * <p>Invariants: what is cheap to check is checked first, and a run's directory appears when
 * everything fits; a metrics log is never behind its checkpoint; nothing of a run changes that was
 * not named, and what did is recorded.
 *
 * <pre>{@code
 * RunConfig config = RunConfig.of("dcgan", "testdata/mnist").with(RunOptions.EPOCHS, 3L);
 * try (TrainingRun run = TrainingRun.create(Path.of("runs/first"), config)) {
 *   run.train();
 * }
 * }</pre>
 */
package org.samegan.runs;
