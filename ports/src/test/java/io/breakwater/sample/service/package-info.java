/** HTTP services for tests, which answer as a script says. */
@NullMarked
package io.breakwater.sample.service;

import org.jspecify.annotations.NullMarked;
