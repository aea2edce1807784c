/** What is sent is what was given. */
@NullMarked
package io.breakwater.adapter.postgres.pipeline;

import org.jspecify.annotations.NullMarked;
