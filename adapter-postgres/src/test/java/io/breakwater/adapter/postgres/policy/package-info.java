/** What the function policy refuses, on real servers. */
@NullMarked
package io.breakwater.adapter.postgres.policy;

import org.jspecify.annotations.NullMarked;
