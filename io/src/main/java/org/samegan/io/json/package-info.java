/** The JSON form of models, configurations and manifests. */
package org.samegan.io.json;
