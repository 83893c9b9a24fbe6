package dev.pilot.testkit.hub;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.NewToken;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Session;
import dev.pilot.api.access.User;
import dev.pilot.api.error.Unauthenticated;

/** What the contracts of those who come in share. */
abstract class AccessStage extends HubContract {
    static final String PASSWORD = "correct horse battery";
    static final String ADDRESS = "192.0.2.1";

    /** For subclasses. */
    AccessStage() {}

    User user(Rights rights) {
        return pilot().users().create(new CreateUser(unique("user"), PASSWORD, rights));
    }

    NewToken token(Rights rights) {
        return pilot().tokens().create(new CreateToken(unique("token"), rights));
    }

    Session logIn(User user) {
        return logIn(user.name(), PASSWORD);
    }

    Session logIn(String name, String password) {
        return fixture().door().logIn(new LogIn(name, password), ADDRESS);
    }

    /** The hub as whoever shows a token sees it. */
    Pilot enter(String token) {
        return fixture().door().admit(new Credentials(token, ADDRESS));
    }

    void refusedAtTheDoor(String token) {
        refused(Unauthenticated.class, () -> enter(token).account().identity());
    }
}
