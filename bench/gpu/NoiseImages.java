import java.nio.FloatBuffer;
import org.samegan.core.Shape;
import org.samegan.core.data.Dataset;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomStream;

/** Images of noise in [-1, 1), drawn once: what a step costs doesn't depend on what they show. */
record NoiseImages(Shape exampleShape, int size, float[] values) implements Dataset {
  NoiseImages(Shape exampleShape, int size) {
    this(exampleShape, size, new float[size * exampleShape.elements()]);
    new Distribution.Uniform(-1, 1).fill(RandomStream.of(7, "noise", 0), FloatBuffer.wrap(values));
  }

  @Override
  public void copyTo(int index, FloatBuffer destination) {
    int elements = exampleShape.elements();
    destination.put(values, index * elements, elements);
  }
}
