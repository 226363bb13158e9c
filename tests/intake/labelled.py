"""What a careful analyst says each column of the shared files is. Only names and answers stand here, no data.

A line is `column: roles bases`; where two answers are defensible both stand, joined by a bar.
"""

from pathlib import Path

FILES: dict[str, tuple[str, str]] = {
    "customer_personality": (
        "customer_personality/marketing_campaign.csv",
        """
        ID: id none
        Year_Birth: number demographic
        Education: category demographic
        Marital_Status: category demographic
        Income: money demographic
        Kidhome: count demographic
        Teenhome: count demographic
        Dt_Customer: date behavioural
        Recency: number behavioural
        MntWines: money behavioural
        MntFruits: money behavioural
        MntMeatProducts: money behavioural
        MntFishProducts: money behavioural
        MntSweetProducts: money behavioural
        MntGoldProds: money behavioural
        NumDealsPurchases: count behavioural
        NumWebPurchases: count behavioural
        NumCatalogPurchases: count behavioural
        NumStorePurchases: count behavioural
        NumWebVisitsMonth: count behavioural
        AcceptedCmp1: yes/no behavioural
        AcceptedCmp2: yes/no behavioural
        AcceptedCmp3: yes/no behavioural
        AcceptedCmp4: yes/no behavioural
        AcceptedCmp5: yes/no behavioural
        Complain: yes/no behavioural|psychographic
        Z_CostContact: ignore none
        Z_Revenue: ignore none
        Response: yes/no behavioural
        """,
    ),
    "car_rental": (
        "car_rental/car_rental_training_data.csv",
        """
        ID: id none
        Gender: category demographic
        Status: category demographic
        Children: count demographic
        Age: number demographic
        Customer_Status: category|yes/no behavioural
        Car_Owner: yes/no demographic|behavioural
        Customer_Service: text psychographic
        Satisfaction: yes/no psychographic
        Business_Area: category behavioural|psychographic
        Action: category behavioural
        """,
    ),
    "womens_reviews": (
        "womens_reviews/Womens Clothing E-Commerce Reviews.csv.zip",
        """
        column_1: id none
        Clothing ID: ignore none
        Age: number demographic
        Title: text psychographic
        Review Text: text psychographic
        Rating: number psychographic
        Recommended IND: yes/no psychographic
        Positive Feedback Count: count behavioural|psychographic
        Division Name: category behavioural
        Department Name: category behavioural
        Class Name: category behavioural
        """,
    ),
    "olist customers": (
        "olist_sample/olist_customers_dataset.csv",
        """
        customer_id: ignore none
        customer_unique_id: id none
        customer_zip_code_prefix: place geographic
        customer_city: place geographic
        customer_state: place geographic
        """,
    ),
    "olist orders": (
        "olist_sample/olist_orders_dataset.csv",
        """
        order_id: ignore none
        customer_id: id none
        order_status: category behavioural
        order_purchase_timestamp: date behavioural
        order_approved_at: date behavioural
        order_delivered_carrier_date: date behavioural
        order_delivered_customer_date: date behavioural
        order_estimated_delivery_date: date behavioural
        """,
    ),
    "olist items": (
        "olist_sample/olist_order_items_dataset.csv",
        """
        order_id: id|ignore none
        order_item_id: category|count|number|ignore behavioural|none
        product_id: ignore none
        seller_id: ignore none
        shipping_limit_date: date behavioural
        price: money behavioural
        freight_value: money behavioural
        """,
    ),
    "olist payments": (
        "olist_sample/olist_order_payments_dataset.csv",
        """
        order_id: id|ignore none
        payment_sequential: number|count behavioural|none
        payment_type: category behavioural
        payment_installments: count|number behavioural
        payment_value: money behavioural
        """,
    ),
    "olist reviews": (
        "olist_sample/olist_order_reviews_dataset.csv",
        """
        review_id: id|ignore none
        order_id: id|ignore none
        review_score: number psychographic
        review_comment_title: text psychographic
        review_comment_message: text psychographic
        review_creation_date: date behavioural
        review_answer_timestamp: date behavioural
        """,
    ),
    "olist products": (
        "olist_sample/olist_products_dataset.csv",
        """
        product_id: id|ignore none
        product_category_name: category behavioural
        product_name_lenght: number|count behavioural|none
        product_description_lenght: number|count behavioural|none
        product_photos_qty: count behavioural|none
        product_weight_g: number behavioural|none
        product_length_cm: number behavioural|none
        product_height_cm: number behavioural|none
        product_width_cm: number behavioural|none
        """,
    ),
    "olist sellers": (
        "olist_sample/olist_sellers_dataset.csv",
        """
        seller_id: id|ignore none
        seller_zip_code_prefix: place geographic
        seller_city: place geographic
        seller_state: place geographic
        """,
    ),
    "olist translation": (
        "olist_sample/product_category_name_translation.csv",
        """
        product_category_name: category|id|ignore behavioural|none
        product_category_name_english: category|ignore behavioural|none
        """,
    ),
    "online_retail": (
        "online_retail/online_retail_all.csv.gz",
        """
        InvoiceNo: ignore none
        StockCode: ignore none
        Description: category|text behavioural
        Quantity: count|number behavioural
        InvoiceDate: date behavioural
        UnitPrice: money behavioural
        CustomerID: id none
        Country: place geographic
        """,
    ),
    "zh orders": (
        "zh_restaurant_orders/meal_order_info.csv",
        """
        order_id: id|ignore none
        emp_id: ignore none
        number_consumers: count behavioural|demographic
        mode: ignore none
        dining_table_id: ignore|category behavioural|none
        dining_table_name: category|ignore behavioural|none
        expenditure: money behavioural
        dishes_count: count behavioural
        accounts_payable: ignore none
        use_start_time: date behavioural
        check_closed: ignore none
        lock_time: date behavioural
        cashier_id: ignore none
        pc_id: ignore none
        order_number: ignore none
        org_id: category behavioural|geographic|none
        print_doc_bill_num: ignore none
        lock_table_info: ignore none
        order_status: category behavioural
        phone: ignore none
        name: name none
        """,
    ),
    "zh dishes": (
        "zh_restaurant_orders/meal_order_detail.csv",
        """
        detail_id: id|ignore none
        order_id: id|ignore none
        dishes_id: ignore none
        logicprn_name: ignore none
        parent_class_name: ignore none
        dishes_name: category behavioural
        itemis_add: ignore none
        counts: count behavioural
        amounts: money behavioural
        cost: ignore none
        place_order_time: date behavioural
        discount_amt: ignore none
        discount_reason: ignore none
        kick_back: ignore none
        add_inprice: ignore none
        add_info: ignore none
        bar_code: ignore none
        picture_file: image behavioural|none
        emp_id: ignore none
        """,
    ),
    "zh_waimai": (
        "zh_waimai/waimai_10k.csv",
        """
        label: yes/no psychographic|none
        review: text psychographic
        """,
    ),
}

SAMPLE = """
    customer_id: id none
    email: ignore none
    age: number demographic
    household: category demographic
    city: place geographic
    country: place geographic
    signup_date: date behavioural
    last_order_date: date behavioural
    membership: category behavioural
    preferred_channel: category behavioural
    favourite_department: category behavioural
    uses_app: yes/no behavioural
    total_spend: money behavioural
    average_order_value: money behavioural
    discount_percent: number behavioural
    orders_last_year: count behavioural
    returns_last_year: count behavioural
    support_tickets: count behavioural
    site_visits_per_month: count behavioural
    satisfaction: number psychographic
    distance_to_store_km: number geographic
    pets: count demographic
    marketing_consent: consent none
    store_brand: ignore none
    review: text psychographic
"""

Answers = dict[str, tuple[frozenset[str], frozenset[str]]]


def answers_of(lines: str) -> Answers:
    """Read `column: roles bases` lines."""
    found: Answers = {}
    for line in lines.strip().splitlines():
        name, _, answer = line.strip().rpartition(": ")
        roles, bases = answer.split(" ")
        found[name] = frozenset(roles.split("|")), frozenset(bases.split("|"))
    return found


def file_of(name: str, data: Path) -> Path:
    """Return where a labelled file lies."""
    return data / FILES[name][0]
