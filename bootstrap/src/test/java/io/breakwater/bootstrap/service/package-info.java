@NullMarked
package io.breakwater.bootstrap.service;

import org.jspecify.annotations.NullMarked;
