/** The identity, the settings and the catalog lists of a server, which both eras share. */
@NullMarked
package io.breakwater.core.presentation.server;

import org.jspecify.annotations.NullMarked;
