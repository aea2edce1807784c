/** Tools from other libraries or servers, which the server offers beside its own. */
@NullMarked
package io.breakwater.core.business.toolsource;

import org.jspecify.annotations.NullMarked;
