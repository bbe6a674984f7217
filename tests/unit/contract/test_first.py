def test_create_and_show(door, scope):
    made = door.post("clients", {"name": "A", "credit_balance": "12.50", "contacts": [{"email": "a@b.co"}]})
    assert made.status_code == 200
    again = door.get(f"clients/{made.data['data']['id']}")
    assert again.data == made.data
    listed = door.get("clients?include=group_settings,tags")
    assert listed.data["meta"]["pagination"]["total"] == 1
