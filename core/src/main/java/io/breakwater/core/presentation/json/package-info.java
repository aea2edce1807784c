/** The conversion between bytes, trees and {@code Json}: the only package that uses the parser of Jackson. */
@NullMarked
package io.breakwater.core.presentation.json;

import org.jspecify.annotations.NullMarked;
