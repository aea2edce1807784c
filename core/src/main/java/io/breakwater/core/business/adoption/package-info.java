/** Tools that come from elsewhere and are offered beside our own. */
@NullMarked
package io.breakwater.core.business.adoption;

import org.jspecify.annotations.NullMarked;
