"""Twins: customers who registered a second time, and order now under one id, now under the other."""

import numpy as np
import pandas as pd

_TWIN_SHARE = 0.015
_SECOND_ID_SHARE = 0.6


def choose_twins(folk: pd.DataFrame, bought: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Choose people with several orders in period A; return the person, both ids, and the day of the second signup."""
    times = bought.groupby("person")["day"].agg(["size", "median"])
    able = times.index[times["size"] >= 4].to_numpy()
    persons = np.sort(random.choice(able, size=max(round(len(folk) * _TWIN_SHARE), 2), replace=False))
    return pd.DataFrame(
        {
            "person": persons,
            "customer_id": folk["customer_id"].to_numpy()[persons],
            "twin_id": [f"C{len(folk) + number:05d}" for number in random.permutation(len(persons)) + 1],
            "day": times.loc[persons, "median"].to_numpy().astype("datetime64[D]"),
        }
    )


def orders_of_twins(made: pd.DataFrame, ids: pd.Series, twins: pd.DataFrame, random: np.random.Generator) -> np.ndarray:
    """Return the id each order was placed under: from the second signup on mostly the new one."""
    since = twins.set_index("person")["day"].reindex(made["person"]).to_numpy()
    second = twins.set_index("person")["twin_id"].reindex(made["person"]).to_numpy()
    again = (made["day"].to_numpy() >= since) & (random.random(len(made)) < _SECOND_ID_SHARE)
    placed: np.ndarray = np.where(again, second, ids.to_numpy()[made["person"]])
    return placed


def add_twins(customers: pd.DataFrame, twins: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Add the second registrations: the same name and email in other capitals, a new id, code and signup date."""
    here = twins[twins["customer_id"].isin(customers["customer_id"])]
    again = customers.set_index("customer_id").loc[here["customer_id"]].reset_index()
    again["customer_id"] = here["twin_id"].to_numpy()
    again["signup_date"] = here["day"].astype("datetime64[s]").dt.strftime("%Y-%m-%d").to_numpy()
    again["referral_code"] = [f"R{int(number):08d}" for number in random.integers(10**8, size=len(again))]
    again["email"] = [
        email.upper() if shout else email.title()
        for email, shout in zip(again["email"], random.random(len(again)) < 0.5, strict=True)
    ]
    again["phone"] = again["phone"].str.replace(r"[ ()-]", "", regex=True)
    return pd.concat([customers, again]).sort_values("customer_id", ignore_index=True)
