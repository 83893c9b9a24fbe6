package dev.pilot.core.account;

import dev.pilot.api.access.Account;
import dev.pilot.api.access.Identity;
import dev.pilot.core.access.Permission;

/** {@link Account} of one caller. Whoever may call at all may ask who he is. */
final class AccountUseCases implements Account {
    private final LogIns logIns;
    private final Identity identity;

    AccountUseCases(LogIns logIns, Identity identity) {
        this.logIns = logIns;
        this.identity = identity;
    }

    @Override
    public Identity identity() {
        Permission.SEE_ONESELF.require(identity.caller());
        return identity;
    }

    @Override
    public void changePassword(String current, String next) {
        Permission.CHANGE_ONESELF.require(identity.caller());
        logIns.changePassword(identity, current, next);
    }

    @Override
    public void logOut() {
        Permission.CHANGE_ONESELF.require(identity.caller());
        logIns.logOut(identity);
    }

    @Override
    public void logOutEverywhere() {
        Permission.CHANGE_ONESELF.require(identity.caller());
        logIns.logOutEverywhere(identity);
    }
}
