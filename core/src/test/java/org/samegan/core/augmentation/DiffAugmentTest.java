package org.samegan.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.samegan.core.Shape;

/**
 * The transformations against DiffAugment's published code on the same images and draws; {@code
 * docs/diffaugment_goldens.py} has made {@code diffaugment.json} with it.
 */
class DiffAugmentTest {
  @Test
  void isThePublishedCodes() throws IOException {
    URL goldens = DiffAugmentTest.class.getResource("diffaugment.json");
    assertThat(goldens).as("values that the published code has made").isNotNull();
    JsonNode cases = new ObjectMapper().readTree(goldens).get("cases");
    assertThat(cases).isNotEmpty();
    cases.forEach(DiffAugmentTest::check);
  }

  private static void check(JsonNode one) {
    List<Transformation> policy =
        AugmentationPolicy.parse(one.get("policy").asText()).transformations();
    JsonNode extents = one.get("shape");
    int batch = extents.get(0).asInt();
    Shape image = Shape.of(extents.get(1).asInt(), extents.get(2).asInt(), extents.get(3).asInt());
    INDArray images =
        Nd4j.createFromArray(values(one.get("image"))).reshape('c', image.batch(batch));
    Map<String, INDArray> draws = new LinkedHashMap<>();
    for (Transformation each : policy) {
      JsonNode numbers = one.get("draws").get(each.key());
      int size = each.drawn(image).elements();
      float[] drawn = new float[batch * size];
      for (int i = 0; i < batch; i++) {
        float[] own = new float[size];
        write(each, image, values(numbers.get(i)), own);
        System.arraycopy(own, 0, drawn, i * size, size);
      }
      draws.put(each.key(), Images.array(drawn, each.drawn(image).batch(batch)));
    }

    assertThat(Images.transformed(policy, image, images, draws))
        .as(one.get("policy").asText())
        .containsExactly(values(one.get("expected")), within(1e-6));
  }

  private static void write(Transformation one, Shape image, double[] numbers, float[] draw) {
    if (one instanceof Transformation.Translation) {
      Transformation.Translation.write((int) numbers[0], (int) numbers[1], image, draw);
    } else if (one instanceof Transformation.Cutout cutout) {
      cutout.write((int) numbers[0], (int) numbers[1], true, image, draw);
    } else {
      draw[0] = (float) numbers[0];
    }
  }

  private static double[] values(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
