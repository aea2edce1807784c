package io.breakwater.core.presentation.tool.auth;

import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;

/** The arguments of {@code login}. Their text form is masked. */
record LoginArguments(
        @Description("The name of the account.") @Length(min = 1, max = 100)
        String username,

        @Description("The password of the account.") @Length(min = 1, max = 1000)
        String password) {

    @Override
    public String toString() {
        return "LoginArguments[******]";
    }
}
