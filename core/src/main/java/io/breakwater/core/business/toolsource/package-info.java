/** Tools that come from elsewhere and are offered beside our own. */
@NullMarked
package io.breakwater.core.business.toolsource;

import org.jspecify.annotations.NullMarked;
