/** The files in which operators keep the instances of HTTP services. */
@NullMarked
package io.breakwater.bootstrap.service;

import org.jspecify.annotations.NullMarked;
