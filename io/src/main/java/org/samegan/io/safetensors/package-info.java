/**
 * Weights in the safetensors format, with PyTorch's names and layouts: {@link
 * org.samegan.io.safetensors.WeightsFile} writes a GAN's weights, {@link
 * org.samegan.io.safetensors.WeightMatch} finds a GAN's weights in a file from anywhere.
 *
 * <pre>{@code
 * WeightsFile.writeVerified(Path.of("weights.safetensors"), checkpoint, run.record().config());
 * SafetensorsFile file = SafetensorsFile.read(Path.of("weights.safetensors"));
 * Map<String, INDArray> arrays = WeightMatch.byNameOrOrder(file, gan).arrays(file);
 * }</pre>
 *
 * <p>A file is 8 bytes of the header's length, little-endian; the header, a JSON object from a
 * tensor's name to its type, shape and place; and the tensors, row-major and little-endian, without
 * overlaps or gaps. The header may hold texts under {@code __metadata__}. Nothing of a file is
 * believed before it is checked, and nothing is allocated by what a file only claims.
 */
package org.samegan.io.safetensors;
