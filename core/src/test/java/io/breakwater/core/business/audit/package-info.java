@NullMarked
package io.breakwater.core.business.audit;

import org.jspecify.annotations.NullMarked;
