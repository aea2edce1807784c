/** The identity, the settings and the catalog lists of a server, which both eras share. */
@NullMarked
package io.breakwater.core.presentation.protocol.common;

import org.jspecify.annotations.NullMarked;
