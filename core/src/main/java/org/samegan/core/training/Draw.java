package org.samegan.core.training;

/**
 * What a step is fed.
 *
 * @param noise which of the noise streams to use: the step's number, from 0
 * @param batches where real examples come from; null where those that are there stay, or a step
 *     takes none
 * @param batch which batch of them, from 0
 * @param augmentation the probability of each of the augmentation's transformations
 */
record Draw(long noise, Batches batches, long batch, float augmentation) {
  /** For a step whose examples, if they are augmented, always are. */
  Draw(long noise, Batches batches, long batch) {
    this(noise, batches, batch, 1);
  }

  /** For a step that takes no real examples, or goes on with those that it has. */
  static Draw ofNoise(long index, float augmentation) {
    return new Draw(index, null, 0, augmentation);
  }
}
