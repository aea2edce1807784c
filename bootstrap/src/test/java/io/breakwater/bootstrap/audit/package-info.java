@NullMarked
package io.breakwater.bootstrap.audit;

import org.jspecify.annotations.NullMarked;
