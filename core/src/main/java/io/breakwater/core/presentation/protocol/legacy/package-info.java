/** The legacy era, revisions 2024-11-05 to 2025-11-25: {@code initialize}, sessions and resumable streams. */
@NullMarked
package io.breakwater.core.presentation.protocol.legacy;

import org.jspecify.annotations.NullMarked;
