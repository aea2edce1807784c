@NullMarked
package io.breakwater.core.presentation.interceptor;

import org.jspecify.annotations.NullMarked;
