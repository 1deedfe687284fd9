package org.samegan.core.training;

/**
 * What one training step saw: of its last discriminator step, and of its generator step.
 *
 * @param step the step's number, 1 for the first
 * @param epoch the pass over the data that the step belongs to, 1 for the first
 * @param discriminatorLoss the discriminator's loss
 * @param generatorLoss the generator's loss
 * @param realProbability the mean of D(x), from 0 to 1
 * @param fakeProbability the mean of D(G(z)), from 0 to 1
 */
public record StepReport(
    long step,
    long epoch,
    double discriminatorLoss,
    double generatorLoss,
    double realProbability,
    double fakeProbability) {}
