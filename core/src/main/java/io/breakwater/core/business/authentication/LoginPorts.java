package io.breakwater.core.business.authentication;

import io.breakwater.port.driven.Accounts;
import io.breakwater.port.driven.LoginFailures;
import io.breakwater.port.driven.PasswordHasher;
import io.breakwater.port.driven.TokenIssuer;

/**
 * What a login uses.
 *
 * @param accounts the accounts
 * @param failures the failed logins of all servers
 * @param hasher checks passwords
 * @param tokens issues tokens
 */
public record LoginPorts(Accounts accounts, LoginFailures failures, PasswordHasher hasher, TokenIssuer tokens) {}
