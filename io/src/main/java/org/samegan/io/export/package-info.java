/**
 * Exports: one network of a checkpoint as a file for inference, in one of several formats. {@link
 * org.samegan.io.export.Export} writes it; the file appears only when it has been loaded again and
 * computes what the checkpoint's network does.
 *
 * <pre>{@code
 * ExportModel generator = ExportModel.of(Checkpoint.read(path), GanNetwork.GENERATOR);
 * Export.verified(generator, ExportFormats.named("onnx"), Path.of("generator.onnx"));
 * }</pre>
 *
 * <p>Exports are deterministic: the same checkpoint gives the same bytes. To add a format,
 * implement {@link org.samegan.io.export.ExportFormat} and add a line to {@link
 * org.samegan.io.export.ExportFormats}; verification and the command line come with it.
 *
 * <h2>Metadata</h2>
 *
 * <p>Every format carries these properties, all text; ONNX in the model, SameDiff, whose files have
 * no room for any, in a manifest beside it, named like the file with {@code .json} appended. Both
 * have a checksum of their own, so that a damaged file is known: ONNX as one more property, see
 * {@link org.samegan.io.onnx.OnnxModel#CHECKSUM}.
 *
 * <table>
 *   <caption>Properties</caption>
 *   <tr><th>key</th><th>value</th></tr>
 *   <tr><td>samegan-version</td><td>the version that wrote the file</td></tr>
 *   <tr><td>variant</td><td>such as {@code dcgan}</td></tr>
 *   <tr><td>network</td><td>{@code generator}, {@code discriminator} or {@code
 *       recognition}</td></tr>
 *   <tr><td>step</td><td>the training step of the checkpoint</td></tr>
 *   <tr><td>generator-weights</td><td>{@code average} or {@code raw}; of generators whose recipe
 *       averages their weights</td></tr>
 *   <tr><td>source-file</td><td>the checkpoint's file that the network is from</td></tr>
 *   <tr><td>source-sha256</td><td>its SHA-256</td></tr>
 *   <tr><td>pixel-low, pixel-high</td><td>the values of black and white in images; none
 *       for points</td></tr>
 *   <tr><td>image-layout</td><td>{@code NHWC} or {@code NCHW}</td></tr>
 *   <tr><td>latent</td><td>the latent's parts in order, as a run's record has them: JSON</td></tr>
 * </table>
 */
package org.samegan.io.export;
