/** Bytes, trees and {@code Json}: the only room that knows Jackson's streaming and tree. */
@NullMarked
package io.breakwater.core.presentation.json;

import org.jspecify.annotations.NullMarked;
