/**
 * The variants of the literature: a {@link org.samegan.models.Variant} is a small class that names
 * networks, an objective, penalties and optimizers, and the {@link org.samegan.core.setting.Setting
 * settings} that change them; {@link org.samegan.models.Variants} lists them all.
 *
 * <pre>{@code
 * Gan gan = Variants.named("wgan-gp").gan(new ImageFormat(28, 1), Map.of("width", 32));
 * }</pre>
 */
package org.samegan.models;
