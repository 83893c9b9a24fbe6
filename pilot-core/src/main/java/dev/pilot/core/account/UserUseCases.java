package dev.pilot.core.account;

import dev.pilot.api.access.Caller;
import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Token;
import dev.pilot.api.access.UpdateUser;
import dev.pilot.api.access.User;
import dev.pilot.api.access.Users;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.UserId;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.store.StoredToken;
import dev.pilot.api.store.UserAccount;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.access.Permission;
import dev.pilot.core.system.Changes;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Versions;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@link Users} over the store, for one caller. */
final class UserUseCases implements Users {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,189}");

    private final HubContext hub;
    private final AccountParts parts;
    private final Administration administration;

    UserUseCases(HubContext hub, AccountParts parts, Caller caller) {
        this.hub = hub;
        this.parts = parts;
        this.administration = new Administration(caller);
    }

    @Override
    public User create(CreateUser command) {
        administration.require(Permission.CHANGE_USERS);
        administration.covers(command.rights());
        InputCheck check = new InputCheck();
        Administration.name(check, command.name());
        email(check, command.email());
        password(check, command.password(), command.name());
        hub.store().read(view -> {
            Administration.rights(check, view, command.rights());
            return check.isFine();
        });
        check.done();
        String hash = parts.hashing().hash(command.password());
        UserId id = new UserId(hub.ids().next("usr"));
        return hub.store().write("user.create", unit -> {
            Administration.free(unit, command.name());
            Instant now = unit.now();
            User user = new User(id, command.name(), command.email(), command.rights(), true, now, now);
            unit.users().create(new UserAccount(user, hash, 0));
            parts.events().made(unit, user, administration.by());
            return user;
        });
    }

    @Override
    public User get(UserId id) {
        administration.require(Permission.SEE_USERS);
        return hub.store().read(view -> seen(view, id)).user();
    }

    @Override
    public Page<User> list(PageRequest page) {
        administration.require(Permission.SEE_USERS);
        return hub.store()
                .read(view -> administration.page(
                        page,
                        request -> view.users().list(request),
                        UserAccount::user,
                        user -> administration.sees(user.rights())));
    }

    @Override
    public User update(UserId id, UpdateUser patch) {
        administration.require(Permission.CHANGE_USERS);
        InputCheck check = new InputCheck();
        check.notCleared("rights", patch.rights());
        check.notCleared("enabled", patch.enabled());
        email(check, patch.email().value());
        check.done();
        return change("user.update", id, (unit, account) -> {
            User before = account.user();
            Versions.check("user", id.value(), patch.ifUpdatedAt(), before.updatedAt(), before);
            Rights rights = patch.rights().apply(before.rights(), before.rights());
            rights(unit, before.rights(), rights);
            User after = new User(
                    id,
                    before.name(),
                    patch.email().apply(before.email()),
                    rights,
                    patch.enabled().apply(before.enabled(), true),
                    before.createdAt(),
                    before.updatedAt());
            List<String> fields = Changes.between(before, after);
            if (fields.isEmpty()) {
                return account;
            }
            parts.events()
                    .changed(
                            unit,
                            after,
                            String.join(", ", fields),
                            administration.by(),
                            Changes.data(fields).merge(AccountEvents.rights(rights)));
            takeBack(unit, after.name(), after.enabled() ? rights : null);
            UserAccount changed = new UserAccount(after, account.passwordHash(), account.epoch());
            return after.enabled() ? changed : parts.ended(unit, changed);
        });
    }

    private void rights(StoreUnit unit, Rights before, Rights after) {
        if (after.equals(before)) {
            return;
        }
        administration.covers(after);
        InputCheck check = new InputCheck();
        Administration.rights(check, unit, after);
        check.done();
    }

    @Override
    public User setPassword(UserId id, String password) {
        administration.require(Permission.CHANGE_USERS);
        User user = hub.store().read(view -> covered(view, id)).user();
        InputCheck check = new InputCheck();
        password(check, password, user.name());
        check.done();
        String hash = parts.hashing().hash(password);
        return change("user.password", id, (unit, account) -> {
            parts.events()
                    .changed(unit, account.user(), "password", administration.by(), Changes.data(List.of("password")));
            return parts.ended(unit, new UserAccount(account.user(), hash, account.epoch()));
        });
    }

    @Override
    public void logOut(UserId id) {
        administration.require(Permission.CHANGE_USERS);
        change("user.logOut", id, (unit, account) -> {
            parts.events().loggedOutEverywhere(unit, account.user(), administration.by());
            return parts.ended(unit, account);
        });
    }

    @Override
    public void delete(UserId id) {
        administration.require(Permission.CHANGE_USERS);
        parts.change(() -> hub.store().write("user.delete", unit -> {
            UserAccount account = covered(unit, id);
            unit.sessions().deleteOf(id);
            unit.users().delete(id);
            takeBack(unit, account.user().name(), null);
            parts.events().deleted(unit, account.user(), administration.by());
            return id;
        }));
    }

    /** Whoever is out has left no way in behind, and who may less has given nobody more. */
    private void takeBack(StoreUnit unit, String maker, @Nullable Rights left) {
        for (StoredToken made : unit.tokens().madeBy(maker, unit.now())) {
            Token token = made.token();
            if ((left == null || !left.cover(token.rights())) && unit.tokens().revoke(token.id(), unit.now())) {
                parts.events().revoked(unit, token, administration.by());
            }
        }
    }

    /** What a change makes of an account; the same object where it changes nothing. */
    private interface Change {
        UserAccount of(StoreUnit unit, UserAccount account);
    }

    private User change(String name, UserId id, Change change) {
        return parts.change(() -> hub.store().write(name, unit -> {
            UserAccount before = covered(unit, id);
            UserAccount after = change.of(unit, before);
            return after.equals(before)
                    ? before.user()
                    : parts.versioned(unit, after).user();
        }));
    }

    private UserAccount seen(StoreView view, UserId id) {
        return view.users()
                .find(id)
                .filter(account -> administration.sees(account.user().rights()))
                .orElseThrow(() -> new NotFound("user", id.value()));
    }

    private UserAccount covered(StoreView view, UserId id) {
        UserAccount account = seen(view, id);
        administration.covers(account.user().rights());
        return account;
    }

    private void password(InputCheck check, String password, String name) {
        Passwords.check(
                check,
                "password",
                password,
                name,
                hub.config().access().passwords().least());
    }

    private static void email(InputCheck check, @Nullable String email) {
        if (email != null && !EMAIL.matcher(email).matches()) {
            check.problem("email", "must be like name@example.org");
        }
    }
}
