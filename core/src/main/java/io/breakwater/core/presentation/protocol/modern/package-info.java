/** The stateless era, 2026-07-28: every request says who speaks and what the client can do. */
@NullMarked
package io.breakwater.core.presentation.protocol.modern;

import org.jspecify.annotations.NullMarked;
