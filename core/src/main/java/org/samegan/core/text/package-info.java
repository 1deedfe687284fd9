/** Words for messages. */
package org.samegan.core.text;
