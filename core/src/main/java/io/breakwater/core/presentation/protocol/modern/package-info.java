/** The modern era, 2026-07-28: stateless, since every request names its client and its capabilities. */
@NullMarked
package io.breakwater.core.presentation.protocol.modern;

import org.jspecify.annotations.NullMarked;
