package dev.pilot.core.account;

import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Rights;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.access.Permission;
import dev.pilot.core.system.InputCheck;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What holds for whoever administers users and tokens. */
final class Administration {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,63}");

    private final Caller caller;
    private final Rights own;

    Administration(Caller caller) {
        this.caller = caller;
        this.own = Rights.of(caller);
    }

    String by() {
        return caller.name();
    }

    void require(Permission permission) {
        permission.require(caller);
    }

    /** Whether somebody with these rights is there for the caller. */
    boolean sees(Rights rights) {
        return own.projects().isEmpty()
                || !rights.projects().isEmpty() && own.projects().containsAll(rights.projects());
    }

    /** Nobody gives, changes or takes away more than he has. */
    void covers(Rights rights) {
        if (!own.cover(rights)) {
            throw new Forbidden(
                    "more-than-own",
                    caller.name() + " may not do all that these rights allow (scopes, projects, approves, proposes),"
                            + " and nobody gives or takes what he has not: ask somebody who may.");
        }
    }

    /** Whether a user or token may be called so. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static void name(InputCheck check, String name) {
        if (!isName(name)) {
            check.problem("name", "must have 1 to 64 of a-z, 0-9 and . _ - @ +, and begin with a letter or digit");
        } else if (ConfiguredTokens.NAMES.contains(name)) {
            check.problem(
                    "name", "stands for the hub, or for those who show a token of its configuration: take another");
        }
    }

    static void rights(InputCheck check, StoreView view, Rights rights) {
        if (rights.scopes().isEmpty()) {
            check.problem("rights.scopes", "must name one scope at least");
        }
        if (rights.projects().size() > 1_000) {
            check.problem("rights.projects", "may have 1000 entries at most");
            return;
        }
        for (ProjectId project : rights.projects()) {
            if (view.projects().find(project).isEmpty()) {
                check.problem("rights.projects", "there is no project " + project);
            }
        }
    }

    /** One name is one actor in the log: a token can't pass for a user. */
    static void free(StoreUnit unit, String name) {
        if (unit.users().findByName(name).isPresent() || unit.tokens().holds(name, unit.now())) {
            throw new AlreadyExists("name", name, "There is a user or token " + name + " already: take another name.");
        }
    }

    /** A page of those that the caller sees: shorter at times, but never empty where there are more. */
    <T, R> Page<R> page(
            PageRequest request, Function<PageRequest, Page<T>> list, Function<T, R> shown, Predicate<R> seen) {
        PageRequest next = request;
        while (true) {
            Page<T> page = list.apply(next);
            List<R> items = page.items().stream().map(shown).filter(seen).toList();
            if (!items.isEmpty() || page.next() == null) {
                return new Page<>(items, page.next());
            }
            next = next.after(page.next());
        }
    }
}
