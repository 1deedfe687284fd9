package org.samegan.core.training;

/**
 * What one training step saw: of its last discriminator step, and of its generator step.
 *
 * @param step the step's number, 1 for the first
 * @param epoch the pass over the data that the step belongs to, 1 for the first
 * @param discriminatorLoss the discriminator's loss
 * @param generatorLoss the generator's loss
 * @param realScore the mean of D(x): a probability for the logistic losses, else the critic's value
 * @param fakeScore the mean of D(G(z)), likewise
 */
public record StepReport(
    long step,
    long epoch,
    double discriminatorLoss,
    double generatorLoss,
    double realScore,
    double fakeScore) {}
