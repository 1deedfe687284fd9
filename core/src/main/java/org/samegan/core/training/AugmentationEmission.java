package org.samegan.core.training;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.Shape;
import org.samegan.core.augmentation.Transformation;
import org.samegan.core.augmentation.TransformationDraws;
import org.samegan.core.gan.Gan;
import org.samegan.core.layer.NetworkEmission.NoiseInput;

/**
 * Emits a recipe's augmentation in front of the discriminator, with draws of each pass's own.
 *
 * @param noises receives the random arrays
 */
record AugmentationEmission(Gan gan, int batch, DataType type, List<NoiseInput> noises) {
  /**
   * Emits what the discriminator is shown in a pass; the examples themselves without augmentation.
   *
   * @param pass the first part of the pass's random streams
   * @param examples of shape (batch, example...)
   */
  SDVariable emit(String pass, SDVariable examples) {
    Shape shape = gan.exampleShape();
    SDVariable shown = examples;
    for (Transformation one : gan.recipe().littleData().augmentation().changing(shape)) {
      TransformationDraws draws = new TransformationDraws(one, shape);
      String name = pass + "/augmentation/" + one.key();
      noises.add(new NoiseInput(name, one.drawn(shape), draws));
      long[] drawn = one.drawn(shape).batch(batch);
      SDVariable input = examples.getSameDiff().placeHolder(name, type, drawn);
      shown = one.emit(shown, shape, batch, input);
    }
    return shown;
  }
}
