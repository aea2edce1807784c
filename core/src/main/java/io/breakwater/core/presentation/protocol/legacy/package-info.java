/** The eras that begin with {@code initialize}: 2024-11-05 to 2025-11-25, with sessions and resumable streams. */
@NullMarked
package io.breakwater.core.presentation.protocol.legacy;

import org.jspecify.annotations.NullMarked;
